package dev.cenotaph.load.speed.result;

/**
 * A list far longer than the gateway's heap, streamed through it.
 *
 * @param bytes of the upstream's body
 * @param bytesPerSecond of the upstream's body
 * @param maxHeapMegabytes that the gateway was given
 * @param earlyHeapMegabytes the median in the first half of the time
 * @param lateHeapMegabytes the median in the second half
 * @param errors in words; none if it was answered completely
 */
public record LongListFigures(
        long bytes,
        double bytesPerSecond,
        long maxHeapMegabytes,
        double earlyHeapMegabytes,
        double lateHeapMegabytes,
        String errors) {

    public boolean completes() {
        return errors.isEmpty();
    }
}
