package dev.cenotaph.gateway.filter;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.web.server.ServerWebExchange;

/** The policies in force, which others may follow at any time. A request keeps those that it met first. */
public final class PoliciesInForce implements Supplier<Policies> {
    private static final String ATTRIBUTE = PoliciesInForce.class.getName();

    private final Clock clock;
    private final List<Consumer<Policies>> followers = new CopyOnWriteArrayList<>();
    private volatile Standing standing;

    private record Standing(Policies policies, Instant since) {}

    public PoliciesInForce(Policies policies, Clock clock) {
        this.clock = clock;
        this.standing = new Standing(policies, clock.instant());
    }

    @Override
    public Policies get() {
        return standing.policies();
    }

    /** Since when they are in force. */
    public Instant since() {
        return standing.since();
    }

    /**
     * What is in force for a request, from its way to an upstream on to the end of its answer. Between the two stands code
     * that is not ours, so that an attribute has to carry it.
     */
    public Policies of(ServerWebExchange exchange) {
        return (Policies) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, name -> get());
    }

    /** Puts others in force. */
    public synchronized void swap(Policies next) {
        standing = new Standing(next, clock.instant());
        followers.forEach(follower -> follower.accept(next));
    }

    /** Tells of what is in force, now and at every change. */
    public synchronized void follow(Consumer<Policies> follower) {
        followers.add(follower);
        follower.accept(get());
    }
}
