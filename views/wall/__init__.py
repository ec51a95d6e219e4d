"""The big screen: scenes of one picture each, for a dark room and five metres' distance."""
