"""People, channels and servers as JSON, in the forms that Discord's OpenAPI document gives."""

from __future__ import annotations

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.payload_types import ChannelKind, JsonObject
from tests.fakes.discord.people import Member, Role, User


def user_json(user: User) -> JsonObject:
    return {
        "id": str(user.id),
        "username": user.name.lower().replace(" ", "_"),
        "global_name": user.name,
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "bot": user.is_bot,
        "primary_guild": None,
    }


def me_json(user: User) -> JsonObject:
    """The bot's own user, as ``GET /users/@me`` and READY have it."""
    return {**user_json(user), "mfa_enabled": True, "locale": user.locale, "verified": True}


def role_json(role: Role) -> JsonObject:
    body: JsonObject = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.bot_id is not None:
        body["tags"] = {"bot_id": str(role.bot_id)}
    return body


def member_json(member: Member, *, with_user: bool = True) -> JsonObject:
    """With ``user`` by itself, without it inside a message."""
    body: JsonObject = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": member.joined_at,
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role.id) for role in member.roles],
        "mute": False,
        "deaf": False,
    }
    if with_user:
        body["user"] = user_json(member.user)
    return body


def channel_json(channel: Channel) -> JsonObject:
    if channel.kind.is_private:
        return _private_channel_json(channel)
    if channel.kind.is_thread:
        return thread_json(channel)
    assert channel.guild is not None
    body: JsonObject = {
        "id": str(channel.id),
        "type": int(channel.kind),
        "flags": 0,
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "parent_id": str(channel.parent.id) if channel.parent else None,
        "position": channel.position,
        "permission_overwrites": [
            {
                "id": str(each.target_id),
                "type": 0 if each.is_role else 1,
                "allow": str(int(each.allow)),
                "deny": str(int(each.deny)),
            }
            for each in channel.overwrites
        ],
        "nsfw": False,
        "topic": channel.topic,
        "last_message_id": _last_message_id(channel),
        "rate_limit_per_user": 0,
    }
    if channel.kind is ChannelKind.FORUM:
        body |= {
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return body


def _private_channel_json(channel: Channel) -> JsonObject:
    body: JsonObject = {
        "id": str(channel.id),
        "type": int(channel.kind),
        "flags": 0,
        "last_message_id": _last_message_id(channel),
        "recipients": [user_json(user) for user in channel.recipients],
    }
    if channel.kind is ChannelKind.GROUP_DM:
        body |= {"name": channel.name, "icon": None, "owner_id": str(channel.recipients[0].id)}
    return body


def thread_json(thread: Channel) -> JsonObject:
    assert thread.guild is not None
    assert thread.parent is not None
    assert thread.owner is not None
    body: JsonObject = {
        "id": str(thread.id),
        "type": int(thread.kind),
        "flags": 0,
        "guild_id": str(thread.guild.id),
        "parent_id": str(thread.parent.id),
        "owner_id": str(thread.owner.id),
        "name": thread.name,
        "last_message_id": _last_message_id(thread),
        "rate_limit_per_user": 0,
        "message_count": len(thread.messages),
        "total_message_sent": len(thread.messages),
        "member_count": len(thread.thread_members),
        "thread_metadata": {
            "archived": thread.is_archived,
            "archive_timestamp": thread.created_at,
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.is_locked,
            "create_timestamp": thread.created_at,
        },
        "applied_tags": [str(tag) for tag in thread.applied_tags],
    }
    if thread.world.bot in thread.thread_members:
        body["member"] = {
            "id": str(thread.id),
            "user_id": str(thread.world.bot.id),
            "join_timestamp": thread.created_at,
            "flags": 0,
        }
    return body


def _last_message_id(channel: Channel) -> str | None:
    return str(next(reversed(channel.messages))) if channel.messages else None


def guild_json(guild: Guild) -> JsonObject:
    """As ``GET /guilds/{id}`` answers."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(guild.owner.id),
        "application_id": None,
        "region": "us-east",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_json(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create_json(guild: Guild) -> JsonObject:
    """As GUILD_CREATE has it: with the members, channels and threads that the bot may see."""
    # A bot is told of every channel, and must look at its permissions to know which it may use.
    channels = guild.channels.values()
    return {
        **guild_json(guild),
        "joined_at": guild.joined_at,
        "large": False,
        "member_count": len(guild.members),
        "members": [member_json(member) for member in guild.members.values()],
        "channels": [channel_json(each) for each in channels if not each.kind.is_thread],
        "threads": [
            thread_json(each)
            for each in channels
            if each.kind.is_thread and each.is_seen_by_bot and not each.is_archived
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
