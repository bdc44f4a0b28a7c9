"""From rules as text to a plan: every engine runs the plan, none sees the text."""
