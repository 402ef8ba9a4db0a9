package dev.cenotaph.gateway.rehearsal;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The ten policies that people copy from. */
class WorkedPoliciesCasesTest {
    private static final Path EXAMPLES = Path.of("../policy-config/examples");
    private static final int LEAST = 3;

    @Nested
    class BareArrays extends CasesComeTrue {
        BareArrays() {
            super(EXAMPLES.resolve("bare-arrays.yaml"), LEAST);
        }
    }

    @Nested
    class BigcommerceMetafields extends CasesComeTrue {
        BigcommerceMetafields() {
            super(EXAMPLES.resolve("bigcommerce-metafields.yaml"), LEAST);
        }
    }

    @Nested
    class FhirBundle extends CasesComeTrue {
        FhirBundle() {
            super(EXAMPLES.resolve("fhir-bundle.yaml"), LEAST);
        }
    }

    @Nested
    class Hal extends CasesComeTrue {
        Hal() {
            super(EXAMPLES.resolve("hal.yaml"), LEAST);
        }
    }

    @Nested
    class JsonApi extends CasesComeTrue {
        JsonApi() {
            super(EXAMPLES.resolve("json-api.yaml"), LEAST);
        }
    }

    @Nested
    class NestedResources extends CasesComeTrue {
        NestedResources() {
            super(EXAMPLES.resolve("nested-resources.yaml"), LEAST);
        }
    }

    @Nested
    class OdataValue extends CasesComeTrue {
        OdataValue() {
            super(EXAMPLES.resolve("odata-value.yaml"), LEAST);
        }
    }

    @Nested
    class PutOnly extends CasesComeTrue {
        PutOnly() {
            super(EXAMPLES.resolve("put-only.yaml"), LEAST);
        }
    }

    @Nested
    class StatusField extends CasesComeTrue {
        StatusField() {
            super(EXAMPLES.resolve("status-field.yaml"), LEAST);
        }
    }

    @Nested
    class StripeLike extends CasesComeTrue {
        StripeLike() {
            super(EXAMPLES.resolve("stripe-like.yaml"), LEAST);
        }
    }
}
