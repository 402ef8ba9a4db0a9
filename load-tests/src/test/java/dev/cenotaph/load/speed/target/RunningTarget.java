package dev.cenotaph.load.speed.target;

import java.net.InetSocketAddress;
import java.time.Duration;

/** A target that answers. */
public record RunningTarget(Target target, InetSocketAddress address, ProcessHandle process) {

    /** What its process has used of all cores so far. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("The " + target.words() + " has ended"));
    }
}
