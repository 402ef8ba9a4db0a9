package dev.cenotaph.gateway.shadow;

import dev.cenotaph.gateway.listing.ListTrial;
import dev.cenotaph.gateway.listing.Trial;
import java.util.function.LongConsumer;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** A list's answer: stripped of its trashed rows, or kept back. */
final class ListSight extends Sight {
    private final Trial trial;
    private final LongConsumer stripped;

    /** @param stripped told how many rows the list would have been without */
    ListSight(Trial trial, LongConsumer stripped) {
        this.trial = trial;
        this.stripped = stripped;
    }

    @Override
    boolean begin(ServerHttpResponse response) {
        return goesOn(trial.begin(response));
    }

    @Override
    void look(byte[] bytes) {
        goesOn(trial.feed(bytes));
    }

    @Override
    void end() {
        goesOn(trial.finish());
    }

    @Override
    void close() {
        trial.close();
    }

    private boolean goesOn(ListTrial.Standing standing) {
        switch (standing) {
            case ListTrial.Standing.Open open -> {
                return true;
            }
            case ListTrial.Standing.Passes passes -> settle(Outcome.SAME);
            case ListTrial.Standing.Unfilterable unfilterable -> settle(Outcome.UNFILTERABLE);
            case ListTrial.Standing.Untold untold -> settle(Outcome.UNKNOWN);
            case ListTrial.Standing.Filtered filtered -> {
                settle(filtered.dropped() == 0 ? Outcome.SAME : Outcome.STRIPPED);
                stripped.accept(filtered.dropped());
            }
        }
        return false;
    }
}
