"""Whether the situation allows a step; each refusal is a Chinese sentence."""
