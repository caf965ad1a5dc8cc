package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Moto;

class MotoJourneysIT extends Journeys {
    MotoJourneysIT() {
        super(Moto.start());
    }
}
