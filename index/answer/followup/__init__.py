"""Questions that lean on what was said before: "And Rubio?", "why?", "tell me more".

``cues`` sees whether and how a question leans on a conversation, ``phrases`` what it may lean on,
``rewrite`` makes candidates that stand alone, and ``resolve`` chooses among them by evidence.
"""
