package dev.cenotaph.load.speed;

import dev.cenotaph.load.speed.result.LongListFigures;
import dev.cenotaph.load.speed.result.Median;
import dev.cenotaph.load.speed.target.Target;
import dev.cenotaph.load.speed.target.TargetOptions;
import dev.cenotaph.load.speed.target.Targets;
import dev.cenotaph.load.speed.upstream.LongList;
import dev.cenotaph.load.speed.wire.Expected;
import dev.cenotaph.load.speed.wire.Generator;
import dev.cenotaph.load.speed.wire.Reading;
import dev.cenotaph.load.speed.wire.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Streams a list through a gateway whose heap is far smaller. */
final class LongListRun {
    private static final int HEAP_MEGABYTES = 128;
    private static final long WARMUP_BYTES = 1L << 28;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final TargetOptions options;
    private final long bytes;

    LongListRun(TargetOptions options, long bytes) {
        this.options =
                options.in("long-list").withCenotaphJvm("-Xms" + HEAP_MEGABYTES + "m", "-Xmx" + HEAP_MEGABYTES + "m");
        this.bytes = bytes;
    }

    LongListFigures measure() throws IOException, InterruptedException {
        try (Targets targets = Targets.start(List.of(Target.CENOTAPH), options)) {
            InetSocketAddress gateway = targets.get(Target.CENOTAPH).address();
            ask(gateway, Math.min(bytes, WARMUP_BYTES));
            try (var heap = HeapWatch.start(targets.managementPort())) {
                return figures(ask(gateway, bytes), heap.megabytes());
            }
        }
    }

    private static Reading ask(InetSocketAddress gateway, long bytes) {
        Request list = Request.get(LongList.TARGET + bytes, new Expected(200, LongList.filteredLength(bytes)));
        var asked = new AtomicBoolean();
        return new Generator(gateway, 1).run(() -> asked.getAndSet(true) ? null : list, LONGEST);
    }

    private LongListFigures figures(Reading reading, List<Double> heap) {
        long length = LongList.length(bytes);
        var figures = new LongListFigures(
                length,
                length / (reading.time().toNanos() / 1e9),
                HEAP_MEGABYTES,
                median(heap.subList(0, heap.size() / 2)),
                median(heap.subList(heap.size() / 2, heap.size())),
                String.join("; ", reading.firstErrors()));
        System.out.println(figures);
        return figures;
    }

    private static double median(List<Double> figures) {
        return Median.of(figures.stream().mapToDouble(Double::doubleValue));
    }
}
