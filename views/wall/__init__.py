"""The big screen: scenes of one picture each, for dim places and five metres' distance."""
