package dev.cenotaph.load.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.cenotaph.load.docs.Page.Block;
import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicySet;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command and policy of the README and of docs does what the page says; {@link PurgePageTest} and {@link ReloadPagesTest} have their own. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern MAVEN = Pattern.compile("`(\\./mvnw [^`]+)`");
    private static final Set<String> PROGRAMS = Set.of("curl", "./mvnw", "java", "cenotaph");
    private static final Set<String> GOALS = Set.of("package", "verify", "install", "test", "test-compile");
    private static final Set<String> MODULES =
            Set.of("-pl", "-am", "gateway", "policy-config", "policy-config,gateway");
    /** Pages whose commands need another gateway than the demo's. */
    private static final Set<Path> ELSEWHERE = Set.of(
            PurgePageTest.PAGE, Page.ROOT.resolve(ReloadPagesTest.RELOAD), Page.ROOT.resolve(ReloadPagesTest.SHADOW));

    private static final int SCREEN = 40;

    @TempDir
    Path directory;

    @Test
    void everyCurlAnswersWhatThePageShows() throws InterruptedException {
        var demo = new RunningDemo(directory);
        try (demo) {
            demo.awaitWelcome();
            var curl = new Curl(demo.places());
            List<Command> curls = commands(Page.all().stream().filter(page -> !ELSEWHERE.contains(page.file())))
                    .filter(command -> command.program().equals("curl"))
                    .toList();
            assertThat(curls).hasSizeGreaterThanOrEqualTo(5);
            assertAll(curls.stream().map(command -> () -> curl.run(command)));
        }
        assertThat(demo.said()).contains("curl -i -X DELETE http://localhost:");
        assertThat(demo.listensNowhere()).as("the demo stops what it started").isTrue();
    }

    @Test
    void readmeShowsItWorkingOnTheFirstScreen() {
        Page readme = Page.read(Page.ROOT.resolve("README.md"));
        List<String> curls = readme.blocks().stream()
                .filter(block ->
                        block.isConsole() && block.line() + block.lines().size() <= SCREEN)
                .flatMap(block -> Command.of(block).stream())
                .filter(command -> command.program().equals("curl"))
                .map(command -> command.shown().getFirst())
                .toList();
        assertThat(curls)
                .contains("HTTP/1.1 204 No Content", "HTTP/1.1 410 Gone", "HTTP/1.1 200 OK")
                .hasSize(5);
    }

    @Test
    void everyPolicyCompiles() {
        List<Block> policies = Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(Block::isPolicy)
                .toList();
        assertThat(policies).anyMatch(block -> block.file().endsWith("README.md"));
        policies.forEach(ReadmeTest::compile);
    }

    /** Compiles a policy, or compares its problems with those that the page shows below it. */
    private static void compile(Block block) {
        try {
            PolicySet set = PolicyCompiler.compile(
                    List.of(new PolicySource("shop.yaml", block.text())), Map.<String, String>of()::get);
            assertThat(set.resources()).as(block.toString()).isNotEmpty();
        } catch (InvalidPolicyException e) {
            List<String> said = e.problems().stream().map(Object::toString).toList();
            assertThat(Page.read(block.file()).blocks().stream()
                            .filter(after -> after.line() > block.line())
                            .findFirst()
                            .filter(after -> after.language().equals("text"))
                            .map(Block::lines))
                    .as(block.toString())
                    .hasValue(said);
        }
    }

    @Test
    void everyProgramOfThePagesIsRunBySomeTest() {
        assertThat(commands())
                .allSatisfy(command -> assertThat(PROGRAMS).as(command.where()).contains(command.program()));
    }

    @Test
    void everyMavenCommandNamesWhatThereIs() throws IOException {
        List<Command> maven = Stream.concat(commands(), Page.all().stream().flatMap(ReadmeTest::inline))
                .filter(command -> command.program().equals("./mvnw"))
                .toList();
        assertThat(maven).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Files.isExecutable(Page.ROOT.resolve("mvnw"))).isTrue();
        var known = new ArrayList<>(List.of("-q", "-DskipTests"));
        Matcher profiles = Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([^<]+)</id>", Pattern.DOTALL)
                .matcher(Files.readString(Page.ROOT.resolve("pom.xml"))
                        + Files.readString(Page.ROOT.resolve("gateway/pom.xml"))
                        + Files.readString(Page.ROOT.resolve("load-tests/pom.xml")));
        while (profiles.find()) {
            known.add("-P" + profiles.group(1));
        }
        known.addAll(GOALS);
        known.addAll(MODULES);
        assertThat(maven)
                .allSatisfy(command -> assertThat(known)
                        .as(command.where())
                        .containsAll(command.words().stream()
                                .skip(1)
                                .filter(word -> !word.matches("-D[\\w.-]+=\\S+"))
                                .toList()));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (Page page : Page.all()) {
            Matcher links = LINK.matcher(text(page.file()));
            while (links.find()) {
                Path target = page.file().resolveSibling(links.group(1)).normalize();
                assertThat(target).as(page.file().toString()).exists();
            }
        }
    }

    @Test
    void everyPageIsLinkedFromTheIndex() {
        String index = text(Page.ROOT.resolve("docs/README.md"));
        Path docs = Page.ROOT.resolve("docs");
        assertThat(Page.all().stream()
                        .map(Page::file)
                        .filter(file -> file.startsWith(docs) && !file.equals(docs.resolve("README.md"))))
                .allSatisfy(file -> assertThat(index)
                        .contains("(" + docs.relativize(file).toString().replace('\\', '/') + ")"));
    }

    private static Stream<Command> commands() {
        return commands(Page.all().stream());
    }

    private static Stream<Command> commands(Stream<Page> pages) {
        return pages.flatMap(page -> page.blocks().stream())
                .filter(Block::isConsole)
                .flatMap(block -> Command.of(block).stream());
    }

    /** Commands in the midst of a sentence. */
    private static Stream<Command> inline(Page page) {
        return MAVEN.matcher(text(page.file()))
                .results()
                .map(match -> new Command(
                        page.file().toString(), List.of(match.group(1).split(" ")), List.of()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
