package dev.cenotaph.gateway.tombstone;

import java.util.concurrent.CountDownLatch;

/** A process of its own that opens a store, says so, and keeps it until it is killed. */
final class StoreHolder {
    static final String OPEN = "open";

    private StoreHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        Engine.open(StoreAddress.of(arguments[0]));
        System.out.println(OPEN);
        new CountDownLatch(1).await();
    }
}
