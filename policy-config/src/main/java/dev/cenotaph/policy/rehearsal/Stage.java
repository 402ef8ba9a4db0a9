package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.match.ItemKey;
import dev.cenotaph.policy.match.PolicyMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What all scenes of one play have in common: the policies, what is known, what was called.
 *
 * @param exchanges with the upstream so far; grows
 */
record Stage(
        PolicySet policies,
        PolicyMatcher matcher,
        Map<ItemKey, Known> trash,
        Upstream upstream,
        List<Exchange> exchanges,
        Instant now) {}
