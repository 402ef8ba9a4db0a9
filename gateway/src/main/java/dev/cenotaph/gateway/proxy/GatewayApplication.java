package dev.cenotaph.gateway.proxy;

import dev.cenotaph.policy.cli.Cenotaph;
import dev.cenotaph.policy.cli.Terminal;
import java.util.Properties;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.ClassPathResource;

/** The runnable proxy; with a command as first argument, the command line of the policies instead. */
@SpringBootApplication(proxyBeanMethods = false)
public class GatewayApplication {

    public static void main(String[] arguments) {
        if (isCommand(arguments)) {
            System.exit(Cenotaph.run(Terminal.ofProcess(), arguments));
        }
        application().run(arguments);
    }

    /** A setting starts with a hyphen; any other word is one of the commands, or meant to be. */
    static boolean isCommand(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /** The application with the proxy's own defaults, which every other source of settings overrides. */
    public static SpringApplication application() {
        var application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(defaults());
        return application;
    }

    private static Properties defaults() {
        var yaml = new YamlPropertiesFactoryBean();
        // Not named application.yaml: the same jar is a plugin, and must not bring settings into its host.
        yaml.setResources(new ClassPathResource("proxy-defaults.yaml", GatewayApplication.class));
        Properties defaults = yaml.getObject();
        return defaults == null ? new Properties() : defaults;
    }
}
