package dev.cenotaph.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run one way: down the request path. */
@AnalyzeClasses(packages = "dev.cenotaph.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PATH_IS_READ_TOP_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("proxy")
            .definedBy("..gateway.proxy..")
            .layer("autoconfigure")
            .definedBy("..gateway.autoconfigure..")
            .layer("filter")
            .definedBy("..gateway.filter..")
            .layer("reload")
            .definedBy("..gateway.reload..")
            .layer("handlers")
            .definedBy(
                    "..gateway.deletion..",
                    "..gateway.restore..",
                    "..gateway.gate..",
                    "..gateway.listing..",
                    "..gateway.many..",
                    "..gateway.revision..",
                    "..gateway.snapshot..")
            .layer("shadow")
            .definedBy("..gateway.shadow..")
            .layer("cascade")
            .definedBy("..gateway.cascade..")
            .layer("recovery")
            .definedBy("..gateway.recovery..")
            .layer("beside the path")
            .definedBy("..gateway.purge..", "..gateway.rebuild..")
            .layer("admin")
            .definedBy("..gateway.admin..")
            .layer("marker")
            .definedBy("..gateway.marker..")
            .layer("batch")
            .definedBy("..gateway.batch..")
            .layer("reveal")
            .definedBy("..gateway.reveal..")
            .layer("upstream")
            .definedBy("..gateway.upstream..")
            .layer("exchange")
            .definedBy("..gateway.exchange..")
            .layer("tombstone")
            .definedBy("..gateway.tombstone..")
            .whereLayer("proxy")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("autoconfigure")
            .mayOnlyBeAccessedByLayers("proxy")
            .whereLayer("reload")
            .mayOnlyBeAccessedByLayers("admin", "autoconfigure", "proxy")
            .whereLayer("filter")
            .mayOnlyBeAccessedByLayers("reload", "admin", "autoconfigure", "proxy")
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("beside the path")
            .mayOnlyBeAccessedByLayers("admin", "autoconfigure")
            .whereLayer("handlers")
            .mayOnlyBeAccessedByLayers("beside the path", "shadow", "filter", "autoconfigure")
            .whereLayer("shadow")
            .mayOnlyBeAccessedByLayers("filter", "admin", "autoconfigure")
            .whereLayer("cascade")
            .mayOnlyBeAccessedByLayers("handlers", "beside the path", "autoconfigure")
            .whereLayer("recovery")
            .mayOnlyBeAccessedByLayers("cascade", "handlers", "autoconfigure")
            .whereLayer("marker")
            .mayOnlyBeAccessedByLayers("recovery", "cascade", "handlers", "beside the path", "filter", "autoconfigure")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("filter")
            .whereLayer("reveal")
            .mayOnlyBeAccessedByLayers("handlers", "filter", "autoconfigure")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers(
                    "marker",
                    "reveal",
                    "recovery",
                    "cascade",
                    "handlers",
                    "beside the path",
                    "filter",
                    "autoconfigure",
                    "proxy")
            .whereLayer("exchange")
            .mayOnlyBeAccessedByLayers(
                    "upstream",
                    "reveal",
                    "batch",
                    "marker",
                    "cascade",
                    "handlers",
                    "shadow",
                    "beside the path",
                    "admin",
                    "filter",
                    "autoconfigure",
                    "proxy")
            .whereLayer("tombstone")
            .mayOnlyBeAccessedByLayers(
                    "exchange",
                    "reveal",
                    "marker",
                    "recovery",
                    "cascade",
                    "handlers",
                    "shadow",
                    "beside the path",
                    "admin",
                    "filter",
                    "autoconfigure",
                    "proxy");

    @ArchTest
    static final ArchRule HANDLERS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.cenotaph.gateway.(deletion|restore|gate|listing|many|revision|snapshot)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule BEANS_ARE_MADE_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.autoconfigure..", "..gateway.proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.context.annotation..", "org.springframework.stereotype..");
}
