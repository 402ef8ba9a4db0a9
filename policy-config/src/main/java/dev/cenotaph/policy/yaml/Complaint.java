package dev.cenotaph.policy.yaml;

/** What is wrong and how to mend it, one sentence each. */
record Complaint(String what, String mend) {}
