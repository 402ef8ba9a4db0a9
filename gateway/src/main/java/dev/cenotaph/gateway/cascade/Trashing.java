package dev.cenotaph.gateway.cascade;

import dev.cenotaph.gateway.cascade.Pages.Page;
import dev.cenotaph.gateway.marker.UpstreamItem;
import dev.cenotaph.gateway.tombstone.CascadeLog;
import dev.cenotaph.gateway.tombstone.CascadeSequence;
import dev.cenotaph.gateway.tombstone.CascadeStep;
import dev.cenotaph.gateway.tombstone.Tombstone;
import dev.cenotaph.gateway.tombstone.Tombstone.State;
import dev.cenotaph.gateway.upstream.CallerUpstream;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.match.ItemKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One round of the steps that are left to trash what lies below an item. Blocks. */
final class Trashing {
    private static final int STEPS_A_ROUND = 100;
    private static final int MOST_PAGES = 100_000;

    private final CascadeLog log;
    private final Follower follower;
    private final Pages pages;
    private final Rights rights;
    private final Crew crew;
    private final PolicySet policies;
    private final CascadeSequence sequence;
    private final Tombstone top;

    Trashing(Workshop workshop, PolicySet policies, CascadeSequence sequence, Tombstone top) {
        this.log = workshop.log();
        this.follower = workshop.follower();
        this.pages = workshop.pages();
        this.rights = workshop.rights();
        this.crew = workshop.crew();
        this.policies = policies;
        this.sequence = sequence;
        this.top = top;
    }

    /** The steps with which the cascade of an item begins. */
    static List<CascadeStep> first(ResourcePolicy policy, ItemKey key) {
        var parents = new ArrayList<>(key.parents());
        parents.add(key.id());
        return policy.children().stream()
                .map(child -> CascadeStep.walk(child, parents))
                .toList();
    }

    /**
     * Takes the steps that are open now.
     *
     * @param goesOn asked before each: whether the work is still this process's
     */
    Round round(BooleanSupplier goesOn) {
        List<CascadeStep> open = log.open(sequence, STEPS_A_ROUND);
        Optional<String> obstacle = Optional.empty();
        boolean gotOn = false;
        for (CascadeStep step : open) {
            if (!goesOn.getAsBoolean()) {
                break;
            }
            Optional<String> failed = take(step);
            failed.ifPresent(why -> log.save(sequence, step.failed(why)));
            gotOn |= failed.isEmpty();
            obstacle = obstacle.or(() -> failed.map(why -> told(step, why)));
        }
        return new Round(open.isEmpty(), gotOn, obstacle);
    }

    private static String told(CascadeStep step, String why) {
        return step.resource() + " below " + String.join("/", step.parents())
                + step.id().map(id -> ", item " + id).orElse("") + ": " + why;
    }

    /** Why the step is still open; empty where it is done, or got on. */
    private Optional<String> take(CascadeStep step) {
        Optional<ResourcePolicy> policy =
                policies.resource(step.resource()).filter(one -> one.mode().acts());
        if (policy.isEmpty()) {
            return Optional.of("no policy in force names the resource");
        }
        Optional<CallerUpstream> upstream = rights.of(sequence.top(), policy.get());
        if (upstream.isEmpty()) {
            return Optional.of(Rights.missing(policy.get()));
        }
        return step.id().isPresent()
                ? item(step, policy.get(), upstream.get())
                : collection(step, policy.get(), upstream.get());
    }

    private Optional<String> item(CascadeStep step, ResourcePolicy policy, CallerUpstream upstream) {
        var key = new ItemKey(step.resource(), step.parents(), step.id().orElseThrow());
        return switch (follower.trash(UpstreamItem.of(policy, key, upstream), top, sequence.trace())) {
            case Step.Failed failed -> Optional.of(failed.why());
            case Step.Trashed trashed -> ended(step);
            case Step.Followed followed -> ended(step);
            case Step.Kept kept -> ended(step);
        };
    }

    private Optional<String> ended(CascadeStep step) {
        log.end(sequence, step);
        return Optional.empty();
    }

    private Optional<String> collection(CascadeStep step, ResourcePolicy policy, CallerUpstream upstream) {
        return switch (above(step)) {
            case FOLLOWS -> page(step, policy, upstream);
            case STAYS -> ended(step);
            case OPEN -> Optional.of("the item above is not in the trash yet");
            case LIVE -> followsAfterAll(step);
        };
    }

    /** It was in the trash when its list was walked, and somebody restored it meanwhile: it is live below the trashed one. */
    private Optional<String> followsAfterAll(CascadeStep step) {
        ItemKey key = keyAbove(step);
        Optional<UpstreamItem> item = policies.resource(key.resource())
                .flatMap(policy ->
                        rights.of(sequence.top(), policy).map(upstream -> UpstreamItem.of(policy, key, upstream)));
        if (item.isEmpty()) {
            return Optional.of("nobody may trash the item above");
        }
        return switch (follower.trash(item.get(), top, sequence.trace())) {
            case Step.Failed failed -> Optional.of("the item above: " + failed.why());
            case Step.Trashed trashed -> Optional.empty();
            case Step.Followed followed -> Optional.empty();
            case Step.Kept kept -> ended(step);
        };
    }

    private enum Above {
        FOLLOWS,
        STAYS,
        OPEN,
        LIVE
    }

    /** What lies below an item that was trashed before, or is not there, is none of this cascade's. */
    private Above above(CascadeStep step) {
        ItemKey key = keyAbove(step);
        Optional<Tombstone> standing = log.standing(key);
        if (standing.isPresent()) {
            Tombstone known = standing.get();
            return known.state() == State.PENDING
                    ? Above.OPEN
                    : known.deletionId().equals(sequence.deletionId()) ? Above.FOLLOWS : Above.STAYS;
        }
        return policies.resource(key.resource())
                .flatMap(policy ->
                        rights.of(sequence.top(), policy).map(upstream -> UpstreamItem.of(policy, key, upstream)))
                .filter(item -> !follower.mayBeLive(item))
                .map(item -> Above.STAYS)
                .orElse(key.equals(sequence.top()) ? Above.OPEN : Above.LIVE);
    }

    private ItemKey keyAbove(CascadeStep step) {
        int last = step.parents().size() - 1;
        String resource = last == sequence.top().parents().size()
                ? sequence.top().resource()
                : policies.resources().stream()
                        .filter(policy -> policy.children().contains(step.resource()))
                        .filter(policy -> policy.item().variables().size() == last + 1)
                        .map(ResourcePolicy::name)
                        .findFirst()
                        .orElse("");
        return new ItemKey(
                resource, step.parents().subList(0, last), step.parents().get(last));
    }

    private Optional<String> page(CascadeStep step, ResourcePolicy policy, CallerUpstream upstream) {
        if (step.pages() >= MOST_PAGES) {
            return Optional.of("its list has more than " + MOST_PAGES + " pages");
        }
        return switch (pages.read(policy, step.parents(), step.nextPage().map(URI::create), upstream)) {
            case Page.Unreadable unreadable -> Optional.of("its list cannot be read: " + unreadable.why());
            case Page.Read read -> trash(step, policy, upstream, read);
        };
    }

    private Optional<String> trash(CascadeStep step, ResourcePolicy policy, CallerUpstream upstream, Page.Read page) {
        List<ItemKey> keys = page.ids().stream()
                .map(id -> new ItemKey(policy.name(), step.parents(), id))
                .toList();
        log.add(
                sequence,
                keys.stream().flatMap(key -> first(policy, key).stream()).toList());
        List<Step> results =
                crew.each(keys, key -> follower.trash(UpstreamItem.of(policy, key, upstream), top, sequence.trace()));
        var failed = new ArrayList<CascadeStep>();
        for (int i = 0; i < keys.size(); i++) {
            if (results.get(i) instanceof Step.Failed failure) {
                failed.add(CascadeStep.again(keys.get(i), failure.why()));
            }
        }
        log.add(sequence, failed);
        long changed = results.stream().filter(Step.Trashed.class::isInstance).count();
        if (page.next().isPresent()) {
            log.save(sequence, step.after(changed, page.next().get().toString()));
        } else if (step.pages() > 0 && step.changed() + changed > 0) {
            // Pages may move up while rows go: only a walk that found nothing to do has seen everything.
            log.save(sequence, step.anew());
        } else {
            log.end(sequence, step);
        }
        return Optional.empty();
    }
}
