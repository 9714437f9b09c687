"""What only the gateway says: READY and chunks of members."""

from __future__ import annotations

from tests.fakes.discord import payloads
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.payload_types import JsonObject
from tests.fakes.discord.world import World


def ready_json(
    world: World, guilds: list[Guild], session_id: str, address: str, shard: tuple[int, int]
) -> JsonObject:
    return {
        "v": 10,
        "user": payloads.me_json(world.bot),
        "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        "session_id": session_id,
        "resume_gateway_url": address,
        "shard": list(shard),
        "application": {"id": str(world.application_id), "flags": 0},
        "session_type": "normal",
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
    }


def members_chunk_json(guild: Guild, request: JsonObject) -> JsonObject:
    """The members that an op 8 asks for: by ids, by the beginning of a name, or all."""
    members = list(guild.members.values())
    if request.get("user_ids"):
        wanted = {int(each) for each in request["user_ids"]}
        members = [member for member in members if member.user.id in wanted]
    elif request.get("query"):
        query = str(request["query"]).lower()
        members = [member for member in members if member.user.name.lower().startswith(query)]
    limit = request.get("limit") or len(members)
    chunk: JsonObject = {
        "guild_id": str(guild.id),
        "members": [payloads.member_json(member) for member in members[:limit]],
        "chunk_index": 0,
        "chunk_count": 1,
    }
    if request.get("nonce") is not None:
        chunk["nonce"] = request["nonce"]
    return chunk
