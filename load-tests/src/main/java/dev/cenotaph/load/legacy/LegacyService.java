package dev.cenotaph.load.legacy;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The legacy service, listening. */
public final class LegacyService implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int BACKLOG = 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_HEADERS = 64 * 1024;

    private final Database database;
    private final Scheduler blocking;
    private final LoopResources loops;
    private final DisposableServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LegacyService(Database database, Scheduler blocking, LoopResources loops, DisposableServer server) {
        this.database = database;
        this.blocking = blocking;
        this.loops = loops;
        this.server = server;
    }

    /**
     * Opens the database, fills a new one, and listens.
     *
     * @throws IllegalStateException if the database cannot be opened or the port is taken
     */
    public static LegacyService start(Options options) {
        Database database = Database.open(options.data());
        Scheduler blocking = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
        // Not the shared ones: a gateway in the same process takes those with it when it stops.
        LoopResources loops = LoopResources.create("legacy-http");
        try {
            Seed.plant(database, options.seed());
            return new LegacyService(database, blocking, loops, listen(options, database, blocking, loops));
        } catch (ChannelBindException e) {
            loops.dispose();
            blocking.dispose();
            database.close();
            throw new IllegalStateException("cannot listen on port " + options.port() + ": it is in use", e);
        }
    }

    private static DisposableServer listen(
            Options options, Database database, Scheduler blocking, LoopResources loops) {
        FrontDoor door = new FrontDoor(new Router(database), blocking);
        return HttpServer.create()
                .runOn(loops)
                .host(options.host())
                .port(options.port())
                .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .httpRequestDecoder(
                        spec -> spec.maxInitialLineLength(LONGEST_LINE).maxHeaderSize(LONGEST_HEADERS))
                .handle(door::handle)
                .bindNow();
    }

    public int port() {
        return server.port();
    }

    /** Stops listening, lets requests under way end, closes the database. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.disposeNow(GRACE);
            loops.dispose();
            blocking.dispose();
            database.close();
        }
    }

    public static void main(String[] arguments) {
        try {
            LegacyService service = start(Options.parse(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
            System.out.println("legacy service listens on http://localhost:" + service.port());
            service.server.onDispose().block();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
