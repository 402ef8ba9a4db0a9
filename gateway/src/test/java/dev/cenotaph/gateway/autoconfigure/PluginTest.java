package dev.cenotaph.gateway.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.gateway.filter.SoftDeleteFilter;
import dev.cenotaph.gateway.testing.HostGateway;
import dev.cenotaph.gateway.testing.HostGateway.Route;
import dev.cenotaph.gateway.testing.StubUpstream;
import dev.cenotaph.gateway.testing.StubUpstream.Received;
import dev.cenotaph.gateway.testing.StubUpstream.Reply;
import dev.cenotaph.policy.InvalidPolicyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionManager;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Cenotaph in a gateway of somebody else. */
@ExtendWith(OutputCaptureExtension.class)
class PluginTest {
    private final Map<String, String> items = new ConcurrentHashMap<>();
    private final StubUpstream upstream = StubUpstream.answering(this::answer);

    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        HostGateway.withOrders(directory);
        items.put("/api/orders/7", "null");
        items.put("/api/invoices/7", "null");
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    static Stream<List<String>> governedForms() {
        return Stream.of(
                List.of("global", "StripPrefix=1"),
                List.of("global", "StripPrefix=1", "SoftDelete"),
                List.of("route", "StripPrefix=1", "SoftDelete"),
                List.of("route", "SoftDelete", "StripPrefix=1"),
                List.of("route", "SoftDelete", "RewritePath=/shop/(?<rest>.*),/$\\{rest}"));
    }

    @ParameterizedTest
    @MethodSource("governedForms")
    void itemIsTrashedUnderTheClientsOwnPath(List<String> form) {
        try (HostGateway host = host(
                List.of(shop(form.subList(1, form.size()).toArray(String[]::new))),
                "cenotaph.global=" + form.getFirst().equals("global"))) {
            HttpResponse<String> deleted = host.send("DELETE", "/shop/api/orders/7");
            assertThat(deleted.statusCode()).isEqualTo(204);
            assertThat(deleted.headers().firstValue("Link")).hasValue("</shop/api/orders/7:undelete>; rel=\"restore\"");

            HttpResponse<String> gone = host.send("GET", "/shop/api/orders/7");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(gone.body())
                    .contains("\"instance\":\"/shop/api/orders/7\"")
                    .contains("\"restore\":\"/shop/api/orders/7:undelete\"");
            assertThat(host.send("GET", "/shop/api/orders").body()).isEqualTo("[]");
            assertThat(host.send("GET", "/shop/api/orders/7?with_trashed=true").statusCode())
                    .isEqualTo(200);

            HttpResponse<String> restored = host.send("POST", "/shop/api/orders/7:undelete");
            assertThat(restored.statusCode()).isEqualTo(200);
            assertThat(host.send("GET", "/shop/api/orders/7").statusCode()).isEqualTo(200);
        }
        assertThat(upstream.calls()).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void filterOnARouteGovernsThatRouteAlone() {
        var raw = new Route("raw", url(), "/raw/**", "StripPrefix=1");
        try (HostGateway host = host(List.of(shop("StripPrefix=1", "SoftDelete"), raw), "cenotaph.global=false")) {
            host.send("DELETE", "/shop/api/orders/7");
            assertThat(upstream.calls()).noneMatch(call -> call.startsWith("DELETE"));

            assertThat(host.send("GET", "/raw/api/orders/7").statusCode()).isEqualTo(200);
            host.send("DELETE", "/raw/api/orders/7");
            assertThat(upstream.calls()).contains("DELETE /api/orders/7");
        }
    }

    @Test
    void pathsThatNoPolicyNamesPass() {
        try (HostGateway host = host(List.of(shop("StripPrefix=1")))) {
            host.send("DELETE", "/shop/api/invoices/7");
        }
        assertThat(upstream.calls()).containsExactly("DELETE /api/invoices/7");
    }

    @Test
    void pathsOfPoliciesAreTheUpstreams() {
        var deeper = new Route("deeper", url(), "/api/orders/**", "PrefixPath=/v1");
        try (HostGateway host = host(List.of(deeper))) {
            host.send("DELETE", "/api/orders/7");
        }
        assertThat(upstream.calls()).containsExactly("DELETE /v1/api/orders/7");
    }

    /** Does what the load balancer's filter does, where that does it. */
    record Balancer(URI chosen) implements GlobalFilter, Ordered {
        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
            exchange.getAttributes()
                    .put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, chosen.resolve(url.getRawPath()));
            return chain.filter(exchange);
        }

        @Override
        public int getOrder() {
            return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Balancing {
        @Bean
        GlobalFilter balancer(Environment environment) {
            return new Balancer(environment.getRequiredProperty("chosen", URI.class));
        }
    }

    @Test
    void ourOwnCallsGoWhereTheLoadBalancerChose() {
        var balanced = new Route("shop", "http://shop.invalid", "/shop/**", "StripPrefix=1");
        try (HostGateway host =
                HostGateway.start(directory, List.of(balanced), List.of(Balancing.class), "chosen=" + url())) {
            assertThat(host.send("DELETE", "/shop/api/orders/7").statusCode()).isEqualTo(204);
        }
        assertThat(upstream.calls()).contains("PATCH /api/orders/7").noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void hostKeepsItsOwnRoutesSettingsAndBeans() throws IOException {
        try (HostGateway host = host(List.of(shop("StripPrefix=1")))) {
            assertThat(host.context().getBeansOfType(DataSource.class)).isEmpty();
            assertThat(host.context().getBeansOfType(JdbcClient.class)).isEmpty();
            assertThat(host.context().getBeansOfType(TransactionManager.class)).isEmpty();
            assertThat(host.context().getBeansOfType(Flyway.class)).isEmpty();
            assertThat(host.context().getBeansOfType(RouteLocator.class)).doesNotContainKey("upstreamRoutes");
            assertThat(host.context().getEnvironment().getProperty("spring.application.name"))
                    .isNull();
            assertThat(host.context().getEnvironment().getProperty("management.server.port"))
                    .isNull();
            assertThat(Arrays.stream(host.context().getBeanDefinitionNames())
                            .map(host.context()::getType)
                            .filter(type -> type != null && type.getName().startsWith("dev.cenotaph.gateway.proxy")))
                    .isEmpty();
        }
        try (Stream<Path> resources = Files.walk(Path.of("target/classes"))) {
            assertThat(resources.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.matches("(application|bootstrap).*\\.(ya?ml|properties)")
                            || name.matches("(logback|log4j2|banner).*\\.(xml|txt)"));
        }
    }

    @Test
    void disabledIsOffAndSaysSo(CapturedOutput output) {
        try (HostGateway host = host(List.of(shop("StripPrefix=1")), "cenotaph.enabled=false")) {
            assertThat(host.context().getBeansOfType(SoftDeleteFilter.class)).isEmpty();
            host.send("DELETE", "/shop/api/orders/7");
        }
        assertThat(upstream.calls()).containsExactly("DELETE /api/orders/7");
        assertThat(output).contains("cenotaph.enabled is false");
        assertThat(directory.resolve("host.db")).doesNotExist();
    }

    @Test
    void disabledLeavesRoutesThatNameTheFilterStanding() {
        try (HostGateway host =
                host(List.of(shop("StripPrefix=1", "SoftDelete")), "cenotaph.enabled=false", "cenotaph.global=false")) {
            assertThat(host.send("GET", "/shop/api/orders/7").statusCode()).isEqualTo(200);
        }
        assertThat(upstream.calls()).containsExactly("GET /api/orders/7");
    }

    @Test
    void modeOffLetsEverythingThrough(CapturedOutput output) {
        try (HostGateway host = host(List.of(shop("StripPrefix=1")), "cenotaph.mode=off")) {
            host.send("DELETE", "/shop/api/orders/7");
        }
        assertThat(upstream.calls()).containsExactly("DELETE /api/orders/7");
        assertThat(output).contains("cenotaph.mode is off");
    }

    @Test
    void missingPoliciesStopTheStart(CapturedOutput output) throws IOException {
        Files.delete(directory.resolve("policies.yaml"));
        assertThatThrownBy(() -> host(List.of(shop("StripPrefix=1"))))
                .hasRootCauseInstanceOf(InvalidPolicyException.class);
        assertThat(output)
                .contains(
                        "The policies have 1 problem, so the gateway does not start: it would let hard deletes through.")
                .contains(directory.resolve("policies.yaml") + ":1:1: no-policy-files: There is nothing at this path.")
                .contains("Point `cenotaph.policies` to a policy file, or to a directory of them.");
    }

    @Test
    void brokenPoliciesAreListedInFull(CapturedOutput output) throws IOException {
        Path policies = directory.resolve("policies.yaml");
        Files.writeString(policies, """
                version: 1
                upstream: http://localhost:9090
                resources:
                  orders:
                    path: /api/orders/
                    marker: { timestmp: deleted_at }
                    answers: { gone: 403 }
                  drafts:
                    path: api/drafts
                    marker: { flag: is_trashed }
                """);
        assertThatThrownBy(() -> host(List.of(shop("StripPrefix=1"))))
                .hasRootCauseInstanceOf(InvalidPolicyException.class);
        assertThat(output)
                .containsPattern("The policies have [3-9] problems")
                .contains(policies + ":6:15: unknown-key: `timestmp` is no key here. Did you mean `timestamp`?")
                .contains(policies + ":7:22: invalid-value: `gone: 403` means nothing. Write one of `410`, `404`.")
                .contains(policies + ":9:11: ")
                .doesNotContain("at dev.cenotaph.");
    }

    @Test
    void storeThatCannotBeOpenedStopsTheStart(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        String url = "jdbc:sqlite:" + file.resolve("host.db");
        assertThatThrownBy(() -> host(List.of(shop("StripPrefix=1")), "cenotaph.store.url=" + url))
                .hasStackTraceContaining("StoreUnavailableException");
        assertThat(output)
                .contains("Cannot open the tombstone store " + file.resolve("host.db"))
                .contains("point cenotaph.store.url elsewhere");
    }

    private HostGateway host(List<Route> routes, String... settings) {
        return HostGateway.start(directory, routes, List.of(), settings);
    }

    private Route shop(String... filters) {
        return new Route("shop", url(), "/shop/**", filters);
    }

    private String url() {
        return "http://localhost:" + upstream.port();
    }

    private Reply answer(Received request) {
        if (request.uri().equals("/api/orders")) {
            return Reply.json("[" + item("/api/orders/7") + "]");
        }
        if (!items.containsKey(request.uri())) {
            return Reply.status(404);
        }
        if (request.method().equals("PATCH")) {
            items.put(request.uri(), request.body().replaceFirst("\\{\"deleted_at\":(.*)}", "$1"));
        }
        return Reply.json(item(request.uri()));
    }

    private String item(String path) {
        return "{\"id\":7,\"deleted_at\":" + items.getOrDefault(path, "null") + "}";
    }
}
