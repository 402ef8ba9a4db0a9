package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.match.PathReading;
import dev.cenotaph.policy.operation.Operation;
import java.util.List;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param operation what the client asked; empty where no policy governs the path, or the path is refused
 * @param exchanges with the upstream, in order
 * @param reply what the client gets
 */
public record Outcome(PathReading reading, Optional<Operation> operation, List<Exchange> exchanges, Reply reply) {
    public Outcome {
        exchanges = List.copyOf(exchanges);
    }
}
