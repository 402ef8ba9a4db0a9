package dev.cenotaph.load.speed.target;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How targets are started.
 *
 * @param gatewayJar the runnable gateway; the bare ones take their libraries out of it
 * @param directory for logs, policies and the store
 * @param jvm options of every target
 * @param cenotaphJvm more options, of Cenotaph alone
 * @param resources how many resources Cenotaph's policy file has
 */
public record TargetOptions(
        Path gatewayJar, Path directory, List<String> jvm, List<String> cenotaphJvm, int resources) {

    public TargetOptions {
        jvm = List.copyOf(jvm);
        cenotaphJvm = List.copyOf(cenotaphJvm);
    }

    /** The same in a directory of their own below this one. */
    public TargetOptions in(String name) {
        return new TargetOptions(gatewayJar, directory.resolve(name), jvm, cenotaphJvm, resources);
    }

    public TargetOptions withResources(int number) {
        return new TargetOptions(gatewayJar, directory, jvm, cenotaphJvm, number);
    }

    /** @param options after those that are there, and so before them in effect */
    public TargetOptions withCenotaphJvm(String... options) {
        return new TargetOptions(
                gatewayJar,
                directory,
                jvm,
                Stream.concat(cenotaphJvm.stream(), Stream.of(options)).toList(),
                resources);
    }
}
