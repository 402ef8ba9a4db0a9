package dev.cenotaph.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run one way: policy ← match ← yaml ← source ← cli, and beside them what a request means and how a marker is spelled. */
@AnalyzeClasses(packages = "dev.cenotaph.policy", importOptions = DoNotIncludeTests.class)
class ImportsTest {

    @ArchTest
    static final ArchRule packagesImportDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.cenotaph..")
            .withOptionalLayers(true)
            .layer("policy")
            .definedBy("dev.cenotaph.policy")
            .layer("match")
            .definedBy("dev.cenotaph.policy.match..")
            .layer("yaml")
            .definedBy("dev.cenotaph.policy.yaml..")
            .layer("source")
            .definedBy("dev.cenotaph.policy.source..")
            .layer("json")
            .definedBy("dev.cenotaph.policy.json..")
            .layer("paging")
            .definedBy("dev.cenotaph.policy.paging..")
            .layer("marker")
            .definedBy("dev.cenotaph.policy.marker..")
            .layer("embedded")
            .definedBy("dev.cenotaph.policy.embedded..")
            .layer("operation")
            .definedBy("dev.cenotaph.policy.operation..")
            .layer("selection")
            .definedBy("dev.cenotaph.policy.selection..")
            .layer("advice")
            .definedBy("dev.cenotaph.policy.advice..")
            .layer("change")
            .definedBy("dev.cenotaph.policy.change..")
            .layer("rehearsal")
            .definedBy("dev.cenotaph.policy.rehearsal..")
            .layer("openapi")
            .definedBy("dev.cenotaph.policy.openapi..")
            .layer("cli")
            .definedBy("dev.cenotaph.policy.cli..")
            .whereLayer("policy")
            .mayNotAccessAnyLayer()
            .whereLayer("match")
            .mayOnlyAccessLayers("policy")
            .whereLayer("yaml")
            .mayOnlyAccessLayers("policy", "match", "json", "rehearsal")
            .whereLayer("source")
            .mayOnlyAccessLayers("policy", "match", "yaml")
            .whereLayer("json")
            .mayOnlyAccessLayers("policy")
            .whereLayer("paging")
            .mayOnlyAccessLayers("policy", "json")
            .whereLayer("marker")
            .mayOnlyAccessLayers("policy", "match", "json")
            .whereLayer("embedded")
            .mayOnlyAccessLayers("policy", "match", "json", "marker")
            .whereLayer("operation")
            .mayOnlyAccessLayers("policy", "match", "paging")
            .whereLayer("selection")
            .mayOnlyAccessLayers("policy", "match", "json", "operation")
            .whereLayer("advice")
            .mayOnlyAccessLayers("policy", "match", "yaml")
            .whereLayer("change")
            .mayOnlyAccessLayers("policy", "match")
            .whereLayer("rehearsal")
            .mayOnlyAccessLayers("policy", "match", "json", "marker", "paging", "embedded", "operation", "selection")
            .whereLayer("openapi")
            .mayOnlyAccessLayers("policy", "match", "yaml", "operation")
            .whereLayer("cli")
            .mayOnlyAccessLayers(
                    "policy",
                    "match",
                    "yaml",
                    "source",
                    "json",
                    "marker",
                    "operation",
                    "advice",
                    "change",
                    "rehearsal",
                    "openapi");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.cenotaph.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingOfSpringOrJackson = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule yamlStaysInItsPackages = noClasses()
            .that()
            .resideOutsideOfPackages("dev.cenotaph.policy.yaml..", "dev.cenotaph.policy.openapi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule openApiStaysInItsPackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cenotaph.policy.openapi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.swagger..");

    @ArchTest
    static final ArchRule policyIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.cenotaph.policy")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.cenotaph.policy", "java..", "org.jspecify..");
}
