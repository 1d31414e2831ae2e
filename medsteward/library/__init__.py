"""What other programs call: values of theirs to ours, a call, and the answer as plain data."""
