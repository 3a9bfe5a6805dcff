"""Stub."""

from crmlab.core.text import Text

TRANSCRIPTS = {
    k: tuple(Text(en=f"{k}{i}", zh=f"{k}{i}") for i in range(20))
    for k in ("impulse", "affective", "cognitive", "behavioural")
}
