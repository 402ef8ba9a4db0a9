package dev.cenotaph.load.speed.target;

import dev.cenotaph.load.Parent;
import dev.cenotaph.load.speed.bare.BareGateway;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The libraries of a gateway that has only {@code spring-cloud-starter-gateway-server-webflux}: those of the runnable
 * gateway, so that both run the same versions, without what Cenotaph adds.
 */
final class BareClassPath {
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** What the starter brings, transitively. */
    private static final Pattern OF_THE_STARTER =
            Pattern.compile("(spring-(aop|beans|context|core|expression|web|webflux)"
                    + "|spring-cloud-[a-z-]+|spring-security-crypto"
                    + "|spring-boot(-(autoconfigure|http-client|http-codec|http-converter|jackson|netty|reactor|reactor-netty"
                    + "|restclient|starter[a-z-]*|validation|web-server|webflux))?"
                    + "|logback-[a-z]+|slf4j-api|log4j-[a-z0-9-]+|jul-to-slf4j|jakarta\\.[a-z.-]+|snakeyaml|bcprov-jdk18on"
                    + "|tomcat-embed-el|hibernate-validator|jboss-logging|classmate|commons-logging|jspecify"
                    + "|reactor-[a-z-]+|reactive-streams|micrometer-(observation|commons)|jackson-[a-z-]+|netty-[a-z0-9-]+)"
                    + "-\\d.*\\.jar");

    private BareClassPath() {}

    /** Unpacks the libraries, and adds these classes. */
    static String unpack(Path gatewayJar, Path directory) throws IOException {
        Files.createDirectories(directory);
        var entries = new ArrayList<>(ownClasses());
        try (var jar = new JarFile(gatewayJar.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(LIBRARIES) && isOfTheStarter(entry)) {
                    Path library = directory.resolve(name(entry));
                    try (InputStream bytes = jar.getInputStream(entry)) {
                        Files.copy(bytes, library, StandardCopyOption.REPLACE_EXISTING);
                    }
                    entries.add(library.toString());
                }
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static boolean isOfTheStarter(JarEntry entry) {
        return OF_THE_STARTER.matcher(name(entry)).matches();
    }

    private static String name(JarEntry entry) {
        return entry.getName().substring(LIBRARIES.length());
    }

    /** Where this module's own classes are, tests and all. */
    private static List<String> ownClasses() {
        return Stream.of(BareGateway.class, Parent.class)
                .map(own -> own.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .toList();
    }
}
