package dev.cenotaph.policy.cli;

/** What a finding's code means. */
record Rule(String code, Severity severity, String meaning) {}
