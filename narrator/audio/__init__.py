"""Sound as samples; knows no torch and no Qt."""
