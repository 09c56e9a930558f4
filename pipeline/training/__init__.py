"""Build-time work: what trains, builds and measures the data that the package ships; never imported by a run."""
