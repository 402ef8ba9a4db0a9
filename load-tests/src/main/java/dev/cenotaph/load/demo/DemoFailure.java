package dev.cenotaph.load.demo;

/** Why the demo cannot start or go on; the message is for the person who started it. */
public final class DemoFailure extends RuntimeException {
    DemoFailure(String message) {
        super(message);
    }
}
