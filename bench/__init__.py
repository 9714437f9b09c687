"""Quality, speed and scale, measured side by side with peers. Every figure in the README comes
from a command in this folder."""
