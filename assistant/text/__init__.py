"""What is known of Dutch text by itself: its figures, words and tables. Knows no question and no passage."""
