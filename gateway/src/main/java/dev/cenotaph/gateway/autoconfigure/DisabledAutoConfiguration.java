package dev.cenotaph.gateway.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** What is left of Cenotaph where it is switched off: the filter's name, so that routes that use it go on. */
@AutoConfiguration
@ConditionalOnProperty(name = "cenotaph.enabled", havingValue = "false")
public class DisabledAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DisabledAutoConfiguration.class);

    @Bean
    SoftDeleteGatewayFilterFactory softDeleteGatewayFilterFactory() {
        LOG.warn("cenotaph.enabled is false: no policy is read, and every hard delete reaches its upstream");
        return SoftDeleteGatewayFilterFactory.absent();
    }
}
