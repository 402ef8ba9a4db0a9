package dev.cenotaph.load.speed.result;

import java.util.List;
import java.util.Optional;

/** Everything that a run found out. */
public record Results(
        Machine machine,
        Samples saturation,
        Paced paced,
        Optional<LongListFigures> longList,
        Optional<PolicySetFigures> policySet,
        List<GatlingFigures> gatling) {

    public Results {
        gatling = List.copyOf(gatling);
    }

    /** Wrong answers and broken connections, wherever they were seen. */
    public long errors() {
        return saturation.errors()
                + paced.samples().errors()
                + longList.filter(list -> !list.completes()).stream().count()
                + gatling.stream().mapToLong(GatlingFigures::errors).sum();
    }
}
