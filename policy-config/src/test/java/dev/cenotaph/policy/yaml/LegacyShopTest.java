package dev.cenotaph.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PolicyFile;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Write;
import dev.cenotaph.policy.source.PolicyFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyShopTest {
    private static final PolicyFile SHOP = PolicyFiles.load(
                    Path.of("policies/legacy-shop.yaml"), Map.<String, String>of()::get)
            .files()
            .getFirst();

    @Test
    void everyResourceOfTheShopHasAPolicy() {
        assertThat(SHOP.upstream()).hasToString("http://localhost:9090");
        assertThat(SHOP.resources())
                .extracting(ResourcePolicy::name)
                .containsExactly(
                        "orders",
                        "customers",
                        "users",
                        "notes",
                        "articles",
                        "settings",
                        "people",
                        "documents",
                        "products",
                        "parts",
                        "issues",
                        "contacts",
                        "vouchers",
                        "invoices",
                        "subscribers",
                        "coupons",
                        "manuals",
                        "albums",
                        "photos");
    }

    @Test
    void everyKindOfMarkerAndOfWriteIsShown() {
        assertThat(SHOP.resources())
                .extracting(resource -> (Object) resource.marker().getClass())
                .contains(
                        Marker.Flag.class,
                        Marker.Timestamp.class,
                        Marker.Status.class,
                        Marker.ExtensionList.class,
                        Marker.ExtensionResource.class,
                        Marker.Snapshot.class);
        assertThat(SHOP.resources())
                .extracting(resource -> resource.write().format())
                .contains(Write.Format.values());
    }

    @Test
    void articlesAreReplacedAndIssuesMerged() {
        assertThat(named("articles").write().replace()).isTrue();
        assertThat(named("issues").write().replace()).isFalse();
        assertThat(named("issues").item()).hasToString("/issues/{id}.json");
    }

    private static ResourcePolicy named(String name) {
        return SHOP.resources().stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
