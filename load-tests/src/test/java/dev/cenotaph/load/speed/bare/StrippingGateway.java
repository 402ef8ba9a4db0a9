package dev.cenotaph.load.speed.bare;

import dev.cenotaph.load.Parent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Spring Cloud Gateway as its manual says to change a body: lists are parsed, stripped of what is trashed, written again. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StrippingGateway {

    public static void main(String[] arguments) {
        Parent.endWithIt();
        Intruders.refuse();
        SpringApplication.run(StrippingGateway.class, arguments);
    }

    @Bean
    RouteLocator strippedLists(RouteLocatorBuilder routes) {
        var strip = new TreeStrip();
        return routes.routes()
                .route(
                        "lists",
                        route -> route.path("/api/orders")
                                .filters(filters -> filters.modifyResponseBody(
                                        byte[].class,
                                        byte[].class,
                                        (exchange, body) -> body == null ? Mono.empty() : Mono.just(strip.strip(body))))
                                .uri(BareGateway.upstream()))
                .route("everything", route -> route.path("/**").uri(BareGateway.upstream()))
                .build();
    }
}
