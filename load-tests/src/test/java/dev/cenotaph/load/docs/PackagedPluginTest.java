package dev.cenotaph.load.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.load.demo.Child;
import dev.cenotaph.load.legacy.LegacyService;
import dev.cenotaph.load.legacy.Options;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain jar, dropped into a gateway of somebody else that the README configures: compiled and run from jars alone. */
class PackagedPluginTest {
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String HOST = """
            package com.example.shop;

            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;

            @SpringBootApplication
            public class ShopGateway {
                public static void main(String[] arguments) {
                    SpringApplication.run(ShopGateway.class, arguments);
                }
            }
            """;

    @TempDir
    static Path host;

    private static String classPath = "";

    @TempDir
    Path directory;

    @BeforeAll
    static void build() throws IOException {
        Path libraries = Files.createDirectory(host.resolve("lib"));
        try (JarFile runnable = new JarFile(RunnableJar.path().toFile())) {
            Enumeration<JarEntry> entries = runnable.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar")) {
                    Files.copy(
                            runnable.getInputStream(entry),
                            libraries.resolve(entry.getName().substring(LIBRARIES.length())));
                }
            }
        }
        Files.copy(RunnableJar.plain(), libraries.resolve("cenotaph-gateway.jar"));
        Path source = Files.writeString(host.resolve("ShopGateway.java"), HOST);
        Path classes = Files.createDirectory(host.resolve("classes"));
        try (Stream<Path> jars = Files.list(libraries)) {
            classPath = Stream.concat(Stream.of(classes), jars)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", classes.toString(), source.toString());
        assertThat(failed).isZero();
    }

    @Test
    void routesThatNameTheFilterAreGoverned() throws Exception {
        restsInPeace(settings());
    }

    @Test
    void everyRouteIsGovernedWhereNothingElseIsSaid() throws Exception {
        restsInPeace(settings().replace(", SoftDelete", "").replaceFirst("(?m)^ +global: .*\n", ""));
    }

    /** The settings that the README shows. */
    private static String settings() {
        return Page.read(Page.ROOT.resolve("README.md")).blocks().stream()
                .filter(block -> block.language().equals("yaml") && !block.isPolicy())
                .findFirst()
                .orElseThrow()
                .text();
    }

    private void restsInPeace(String settings) throws Exception {
        int port = Ports.free();
        try (LegacyService legacy = LegacyService.start(Options.temporary(10))) {
            Path file = Files.writeString(
                    directory.resolve("application.yaml"),
                    settings.replace("http://localhost:9090", "http://localhost:" + legacy.port()));
            ProcessBuilder program = Child.java(
                            "-cp",
                            classPath,
                            "com.example.shop.ShopGateway",
                            "--spring.config.location=" + file.toUri(),
                            "--server.port=" + port,
                            "--cenotaph.store.url=jdbc:sqlite:" + directory.resolve("host.db"))
                    .directory(Page.ROOT.toFile());
            try (Child shop = Child.start("host", program, directory.resolve("host.log"))) {
                shop.awaitAnswer("http://localhost:" + port + "/shop/api/orders/7");
                HttpResponse<String> deleted = send("DELETE", port, "/shop/api/orders/7");
                assertThat(deleted.statusCode()).isEqualTo(204);
                assertThat(deleted.headers().firstValue("Link"))
                        .hasValue("</shop/api/orders/7:undelete>; rel=\"restore\"");
                assertThat(send("GET", port, "/shop/api/orders/7").body())
                        .contains("\"instance\":\"/shop/api/orders/7\"");
                assertThat(send("GET", legacy.port(), "/rows/orders").body()).contains("\"id\":7,");
                assertThat(send("POST", port, "/shop/api/orders/7:undelete").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static HttpResponse<String> send(String method, int port, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .timeout(Duration.ofSeconds(30))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
