"""What contributors hand over by themselves: tried without being kept, or pushed, through the stations of a build."""
