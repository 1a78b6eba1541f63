"""Better weights and thresholds from verdicts: fine-tuning, the gate, promotion, the way back."""
