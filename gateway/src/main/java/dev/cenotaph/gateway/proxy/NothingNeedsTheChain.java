package dev.cenotaph.gateway.proxy;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether no setting configures what only Spring Cloud Gateway's chain does, nor asks for it by name. */
final class NothingNeedsTheChain extends SpringBootCondition {
    private static final List<String> OF_THE_CHAIN = List.of(
            "spring.cloud.gateway.server.webflux.routes",
            "spring.cloud.gateway.server.webflux.globalcors",
            "spring.cloud.gateway.server.webflux.discovery.locator.enabled");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        if (environment.getProperty("cenotaph.forwarding", "direct").equalsIgnoreCase("chain")) {
            return ConditionOutcome.noMatch("cenotaph.forwarding is chain");
        }
        Optional<String> needed = OF_THE_CHAIN.stream()
                .filter(name -> isSet(environment, ConfigurationPropertyName.of(name)))
                .findFirst();
        return needed.map(name -> ConditionOutcome.noMatch(name + " is set"))
                .orElseGet(() -> ConditionOutcome.match(ConditionMessage.of("nothing needs the chain")));
    }

    private static boolean isSet(Environment environment, ConfigurationPropertyName name) {
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(name) != null
                    || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }
}
