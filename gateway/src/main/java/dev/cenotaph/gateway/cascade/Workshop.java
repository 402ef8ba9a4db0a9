package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.tombstone.CascadeLog;

/** What cascades work with. */
record Workshop(CascadeLog log, Follower follower, Pages pages, Rights rights, Crew crew) {}
