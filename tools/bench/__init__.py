"""The benchmarks: the budgets of the design, measured side by side in one run."""
