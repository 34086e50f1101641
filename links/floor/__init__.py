"""The supervisor's floor: where every open link stands now, what the day has come to, and what is going wrong."""
