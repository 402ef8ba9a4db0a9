package dev.cenotaph.load;

/** The process that started this one. */
public final class Parent {
    private Parent() {}

    /** Ends this process when its parent is gone: Maven, for one, does not tell its programs that it was asked to end. */
    public static void endWithIt() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var unused = parent.onExit().thenRun(() -> System.exit(0));
        });
    }
}
