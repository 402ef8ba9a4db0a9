package dev.cenotaph.policy;

/** Another path that shows the items of a resource. */
public record View(PathTemplate path, Place items, Place row) {}
