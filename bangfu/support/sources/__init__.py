"""Who owes what, and which records satisfy, as the room of duties asks for it; one module a part."""
