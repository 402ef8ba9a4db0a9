package dev.cenotaph.load.speed.result;

/**
 * What many resources cost.
 *
 * @param resources in the larger policy set; the other has one
 * @param ungoverned the rate with many, as a share of the rate with one
 * @param live the same for a governed item
 */
public record PolicySetFigures(int resources, double ungoverned, double live) {
    double lower() {
        return Math.min(ungoverned, live);
    }
}
