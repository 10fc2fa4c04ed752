// Preloaded into servers that aren't ours (`node --import`): they end when whoever started them is gone.
process.on("disconnect", () => process.exit(0));
