package dev.cenotaph.load.proof;

import dev.cenotaph.gateway.autoconfigure.CenotaphProperties;
import dev.cenotaph.gateway.cascade.Cascades;
import dev.cenotaph.gateway.filter.PoliciesInForce;
import dev.cenotaph.gateway.marker.MarkerProtocols;
import dev.cenotaph.gateway.proxy.GatewayApplication;
import dev.cenotaph.gateway.purge.Purge;
import dev.cenotaph.gateway.purge.PurgeSchedule;
import dev.cenotaph.gateway.purge.PurgeSettings;
import dev.cenotaph.gateway.purge.PurgeWorld;
import dev.cenotaph.gateway.tombstone.PurgeQueue;
import dev.cenotaph.gateway.tombstone.StoredTombstones;
import dev.cenotaph.gateway.upstream.UpstreamClient;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.ApplicationContext;

/**
 * The gateway's program, after {@link CrashPoints} are connected. A purge takes one item at a time, and would stand at one
 * point alone; there are therefore more of them, as there would be in replicas.
 */
final class ProofGateway {
    static final String CONTROL = "proof.control";
    static final String SABOTAGE = "proof.sabotage";
    private static final int MORE_PURGES = 9;

    private ProofGateway() {}

    public static void main(String[] arguments) throws IOException {
        Sabotage sabotage = Sabotage.valueOf(System.getProperty(SABOTAGE, Sabotage.NONE.name()));
        CrashPoints.connect(Objects.requireNonNull(Integer.getInteger(CONTROL)), sabotage);
        ApplicationContext context = GatewayApplication.application().run(arguments);
        for (int i = 0; i < MORE_PURGES; i++) {
            startPurge(context);
        }
    }

    private static void startPurge(ApplicationContext context) {
        CenotaphProperties properties = context.getBean(CenotaphProperties.class);
        StoredTombstones tombstones = context.getBean(StoredTombstones.class);
        var world = new PurgeWorld(
                tombstones,
                new PurgeQueue(tombstones),
                new MarkerProtocols(tombstones),
                context.getBean(Cascades.class),
                Clock.systemUTC(),
                System::nanoTime);
        CenotaphProperties.Purge purge = properties.purge();
        var settings = new PurgeSettings(
                purge.maxPerRun(),
                purge.stopAbove(),
                purge.stopAboveShare(),
                purge.dryRun(),
                properties.store().lease(),
                purge.interval(),
                purge.interval());
        var policies = context.getBean(PoliciesInForce.class);
        // It runs for as long as the process does.
        @SuppressWarnings("resource")
        var schedule = new PurgeSchedule(
                new Purge(
                        world,
                        context.getBean(UpstreamClient.class),
                        () -> policies.get().set(),
                        settings),
                purge.interval());
        schedule.start();
    }
}
