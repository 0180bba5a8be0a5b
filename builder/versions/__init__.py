"""What a catalogue claimed at one time, kept and compared with what it claims at another."""
