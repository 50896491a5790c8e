"""What every service speaks: the form, the events, the stage, settings and telemetry."""
