package dev.cenotaph.load.speed.bare;

import dev.cenotaph.load.Parent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/** Spring Cloud Gateway with its defaults and one route. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareGateway {
    /** The property that says where the route leads. */
    public static final String UPSTREAM = "speed.upstream";

    public static void main(String[] arguments) {
        Parent.endWithIt();
        Intruders.refuse();
        SpringApplication.run(BareGateway.class, arguments);
    }

    @Bean
    RouteLocator everything(RouteLocatorBuilder routes) {
        return routes.routes()
                .route("everything", route -> route.path("/**").uri(upstream()))
                .build();
    }

    static String upstream() {
        return System.getProperty(UPSTREAM, "http://127.0.0.1:9090");
    }
}
