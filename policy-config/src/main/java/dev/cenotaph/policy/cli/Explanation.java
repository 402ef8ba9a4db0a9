package dev.cenotaph.policy.cli;

import dev.cenotaph.policy.rehearsal.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a request.
 *
 * @param facts what matches and why, each a name and a text
 * @param ways what is played: one for each state
 */
record Explanation(String request, List<Fact> facts, List<Way> ways) {
    Explanation {
        facts = List.copyOf(facts);
        ways = List.copyOf(ways);
    }

    record Fact(String name, String text) {}

    /** @param state empty where it does not matter */
    record Way(Optional<String> state, Outcome outcome) {}
}
