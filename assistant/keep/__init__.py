"""What the service keeps of people and their work: accounts, answers, jobs, the curator's decisions."""
